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

const chosen = document.getElementById("chosen");
form?.addEventListener("select", (event) => {
  const { value, selectionStart, selectionEnd } = event.target;
  if (chosen && typeof value === "string") chosen.value = value.slice(selectionStart, selectionEnd);
});
