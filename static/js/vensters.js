// Pop-out menus (<details data-uitklap>) close on Escape, on a click elsewhere and when another opens;
// data-opent="id" opens a <dialog>, data-sluit closes the one it stands in; data-print prints the page.

function closeMenus(behalve) {
  document.querySelectorAll("details[data-uitklap][open]").forEach((menu) => {
    if (menu !== behalve) menu.open = false;
  });
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  closeMenus(event.target.closest("details[data-uitklap]"));
  const opener = event.target.closest("[data-opent]");
  if (opener) {
    const venster = document.getElementById(opener.dataset.opent);
    if (venster && !venster.open) venster.showModal();
  }
  const sluiter = event.target.closest("[data-sluit]");
  if (sluiter && sluiter.closest("dialog")) sluiter.closest("dialog").close();
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-uitklap][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
