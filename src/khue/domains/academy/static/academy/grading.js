// Grading by keyboard: 1 2 3 … choose a level and go on, arrows move between criteria, Ctrl Enter finishes.

const form = document.querySelector("[data-grade]");
const criteria = [...(form?.querySelectorAll("[data-criterion]") ?? [])];
let current = 0;

const isTyping = (target) => target.matches("textarea, input:not([type=radio]):not([type=checkbox]), select");

function choose(index) {
  current = Math.max(0, Math.min(index, criteria.length - 1));
  criteria.forEach((one, at) => one.classList.toggle("is-current", at === current));
  criteria[current]?.scrollIntoView({ block: "nearest" });
}

function sum() {
  const out = form.querySelector("[data-sum]");
  const chosen = [...form.querySelectorAll("input[type=radio]:checked")];
  out.textContent = chosen.length === criteria.length ? chosen.reduce((all, one) => all + Number(one.value), 0) : "–";
}

function level(number) {
  const radio = criteria[current]?.querySelectorAll("input[type=radio]")[number - 1];
  if (!radio) return;
  radio.checked = true;
  sum();
  if (current < criteria.length - 1) choose(current + 1);
  else form.querySelector("[name=words]").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form?.querySelector("[data-key=finish]").click();
    return;
  }
  if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
  if (/^[1-9]$/.test(event.key) && form) level(Number(event.key));
  else if (["ArrowDown", "ArrowUp"].includes(event.key) && form && !event.target.matches("input[type=radio]")) {
    event.preventDefault();
    choose(current + (event.key === "ArrowDown" ? 1 : -1));
  } else if (["n", "p"].includes(event.key)) document.querySelector(`a[data-key=${event.key}]`)?.click();
});

if (form) {
  form.addEventListener("change", sum);
  form.addEventListener("focusin", (event) => {
    const at = criteria.indexOf(event.target.closest("[data-criterion]"));
    if (at >= 0) choose(at);
  });
  sum();
  choose(0);
}
