// On a phone the tabs are one row that scrolls; the one that is open must be in sight.
for (const tab of document.querySelectorAll(".nav-underline [aria-current]")) {
  const row = tab.closest(".nav-underline");
  row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}
