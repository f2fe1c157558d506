// A pattern that was chosen goes with the description.
const form = document.getElementById("describe");
const chosen = form?.querySelector("[data-chosen]");
const held = form?.elements.pattern;

function choose(key, title) {
  held.value = key;
  chosen.hidden = !key;
  chosen.querySelector("[data-chosen-title]").textContent = title;
}
document.querySelectorAll("[data-pattern]").forEach((button) =>
  button.addEventListener("click", () => {
    choose(button.dataset.pattern, button.dataset.title);
    form.elements.idea.focus();
    form.scrollIntoView({ block: "start" });
  }),
);
form?.querySelector("[data-unchoose]").addEventListener("click", () => choose("", ""));
if (held?.value) choose(held.value, document.querySelector(`[data-pattern="${CSS.escape(held.value)}"]`)?.dataset.title ?? held.value);
