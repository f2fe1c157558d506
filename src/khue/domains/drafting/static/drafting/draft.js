// The form and its sheet: a click on the sheet leads to the field; marked words go to the writer.
const form = document.getElementById("document");

document.addEventListener("click", (event) => {
  const line = event.target.closest("[data-field]");
  const field = line && form?.elements.namedItem(line.dataset.field);
  if (field?.focus) {
    field.focus();
    mark(field, line.textContent.trim());
  }
});

// the line's words without the number that stands before them
function mark(field, text) {
  const words = text.replace(/^(?:Điều \d+\.|\d+\.|\p{L}\)|-)\s*/u, "").replace(/\.\/\.$/, "");
  const start = typeof field.value === "string" ? field.value.indexOf(words.slice(0, 60)) : -1;
  if (start >= 0 && field.setSelectionRange) field.setSelectionRange(start, start + words.length);
}

// Words marked in the form or on the sheet: what other words, and comments, are about.
const chosen = document.getElementById("chosen");
const comment = document.getElementById("comment");
const quoted = document.getElementById("quoted");

form?.addEventListener("select", (event) => {
  const { value, selectionStart, selectionEnd } = event.target;
  if (chosen && typeof value === "string") chosen.value = value.slice(selectionStart, selectionEnd);
});

document.addEventListener("selectionchange", () => {
  const marked = document.getSelection();
  const words = marked?.toString().trim();
  const start = marked?.anchorNode?.parentElement?.closest(".paper [data-place]");
  if (!words || !start) return;
  if (chosen) chosen.value = words;
  about(start.dataset.place, words);
});

function about(place, words) {
  if (!comment) return;
  const line = comment.elements.namedItem("place");
  if ([...line.options].some((option) => option.value === place)) line.value = place;
  comment.elements.namedItem("quote").value = words.split("\n")[0];
  quoted.textContent = `“${words.split("\n")[0].slice(0, 140)}”`;
  quoted.hidden = false;
}

// a line chosen from the list is about all of it
comment?.elements.namedItem("place")?.addEventListener("change", () => {
  comment.elements.namedItem("quote").value = "";
  quoted.hidden = true;
});
