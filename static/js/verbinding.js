// Watches the polling. A board that silently stops refreshing is worse than none: after a failed
// request the bar "geen verbinding" appears, and it goes when the next request succeeds.

const strook = document.getElementById("geen-verbinding");
const uitgelogd = document.getElementById("uitgelogd");

function show(element, aan) {
  if (element && element.hidden === aan) element.hidden = !aan;
}

function isWholePage(xhr) {
  return /^\s*<!doctype/i.test(xhr.responseText || "");
}

// Logging in again (in another tab) changes the CSRF token: without the new one the form on this
// page, with everything typed in it, could not be sent any more.
async function refreshToken() {
  const antwoord = await fetch(location.href);
  const pagina = new DOMParser().parseFromString(await antwoord.text(), "text/html");
  const kop = pagina.body.getAttribute("hx-headers");
  if (!antwoord.ok || !kop) return;
  document.body.setAttribute("hx-headers", kop);
  const token = JSON.parse(kop)["X-CSRFToken"];
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((veld) => { veld.value = token; });
}

function isPoll(element) {
  return (element.getAttribute("hx-trigger") || "").includes("every");
}

document.addEventListener("htmx:sendError", () => show(strook, true));
document.addEventListener("htmx:timeout", () => show(strook, true));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 401 || status === 403) show(uitgelogd, true);
  else if (status >= 500 || isPoll(event.detail.elt)) show(strook, true);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  show(strook, false);
  if (uitgelogd && !uitgelogd.hidden && !isWholePage(event.detail.xhr)) {
    show(uitgelogd, false);
    refreshToken();
  }
});
window.addEventListener("offline", () => show(strook, true));
window.addEventListener("online", () => show(strook, false));

// An ended session answers a poll with a redirect to the login page. That page must not be put inside
// the board, and reloading would throw away what someone is typing: say it and offer the link.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (!xhr || !isWholePage(xhr)) return;
  if (event.detail.requestConfig && event.detail.requestConfig.boosted) return;
  event.detail.shouldSwap = false;
  show(uitgelogd, true);
});
