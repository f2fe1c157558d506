// Keeps the place in a topic's page: the farthest heading that was reached is remembered and offered at the next visit.
const lesson = document.getElementById("lesson");
const headings = lesson ? [...lesson.querySelectorAll("h2[id]")] : [];
let farthest = Number(lesson?.dataset.section ?? 0);

function offerToContinue() {
  const heading = headings[farthest - 1];
  const resume = document.getElementById("resume");
  if (!heading || farthest < 2 || location.hash) return;
  const link = resume.querySelector("a");
  link.href = `#${heading.id}`;
  link.querySelector("span").append(`: ${heading.textContent}`);
  resume.hidden = false;
}

function remember(section) {
  if (section <= farthest) return;
  farthest = section;
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  // a place that could not be kept is no reason to disturb the reader
  fetch(lesson.dataset.reach, {
    method: "POST",
    keepalive: true,
    headers: { "X-CSRFToken": token },
    body: new URLSearchParams({ section }),
  }).catch(() => {});
}

function markCurrent(heading) {
  for (const link of document.querySelectorAll(".contents a")) {
    if (link.hash === `#${heading.id}`) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}

if (headings.length) {
  offerToContinue();
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      remember(headings.indexOf(entry.target) + 1);
      markCurrent(entry.target);
    }
  }, { rootMargin: "0px 0px -55% 0px" });
  headings.forEach((heading) => seen.observe(heading));
}
