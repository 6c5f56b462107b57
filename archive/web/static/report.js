/* Better than without: a marker's note is opened and shown where it stands; wide margins stay open in older browsers. */
const wide = window.matchMedia("(min-width: 1100px)");
const sides = document.querySelectorAll("details.isw-side");
const openWide = () => { if (wide.matches) for (const side of sides) side.open = true; };
openWide();
wide.addEventListener("change", openWide);

function show(name, opened) {
  const note = document.getElementById(name);
  if (!note || !note.classList.contains("isw-beside")) return;
  const side = note.closest("details.isw-side");
  if (side) side.open = true;
  const inner = note.querySelector("details");
  if (inner && opened) inner.open = true;
}

const light = (link, on) => {
  const note = document.getElementById(link.hash.slice(1));
  if (note) note.classList.toggle("isw-lit", on);
};
for (const link of document.querySelectorAll("a.isw-marker")) {
  link.addEventListener("click", () => show(link.hash.slice(1), true));
  for (const name of ["mouseenter", "focus"]) link.addEventListener(name, () => light(link, true));
  for (const name of ["mouseleave", "blur"]) link.addEventListener(name, () => light(link, false));
}
if (location.hash.startsWith("#note-")) {
  show(location.hash.slice(1), true);
  document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
}
