/* j and k go through the sentences, n and p through the pages. */
const claims = [...document.querySelectorAll(".isw-claim")];
const go = (step) => {
  const at = claims.findIndex((claim) => claim.getBoundingClientRect().bottom > 60);
  const on = document.activeElement.closest?.(".isw-claim");
  const from = on ? claims.indexOf(on) : at - (step > 0 ? 1 : 0);
  const next = claims[from + step];
  if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "start" }); }
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  if (event.key === "j" || event.key === "k") go(event.key === "j" ? 1 : -1);
  else if (event.key === "n" || event.key === "p") document.querySelector(`a[rel=${event.key === "n" ? "next" : "prev"}]`)?.click();
});
