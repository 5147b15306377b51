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
    if (venster && !venster.open) {
      venster.showModal();
      // The first thing to do in it, not the way out: that is what the browser would choose.
      const begin = venster.querySelector("form button, form input:not([type=hidden])");
      if (begin) begin.focus();
    }
  }
  const sluiter = event.target.closest("[data-sluit]");
  if (sluiter && sluiter.closest("dialog")) sluiter.closest("dialog").close();
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  // The Enter that opened the dialog is still down: it must not press the button inside as well.
  if (event.key === "Enter" && event.repeat && event.target.closest("dialog")) event.preventDefault();
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-uitklap][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
