// The model's sentence for each piece, as they come.
const button = document.querySelector("[data-explain]");
const refused = document.querySelector("[data-refused]");

button?.addEventListener("click", () => {
  button.disabled = true;
  const source = new EventSource(button.dataset.explain);
  source.addEventListener("told", (event) => {
    const { number, text } = JSON.parse(event.data);
    const place = document.querySelector(`[data-piece="${Number(number)}"] [data-told]`);
    if (!place) return;
    place.hidden = false;
    place.querySelector("[data-told-words]").textContent = text;
  });
  source.addEventListener("refused", (event) => {
    refused.hidden = false;
    refused.textContent = event.data;
  });
  const end = () => source.close();
  source.addEventListener("finished", end);
  source.onerror = end;
});
