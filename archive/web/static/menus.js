/* Close any open menu that a click is outside of; other <details> stay as they are. */
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("header details[open], details.actions-menu-links[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
