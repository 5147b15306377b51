// One polite live region for the whole page: modules send `spoed:meld`, a screen reader says it, focus stays.
const gebied = document.getElementById("meldgebied");
let wis;

document.addEventListener("spoed:meld", (event) => {
  if (!gebied) return;
  clearTimeout(wis);
  // Two announcements in one tick are both spoken.
  gebied.textContent = gebied.textContent ? `${gebied.textContent}. ${event.detail}` : event.detail;
  wis = setTimeout(() => { gebied.textContent = ""; }, 5000);
});
