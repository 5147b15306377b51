// A screen on the wall has nobody who presses a key: what went wrong must mend itself. When the session
// has ended the page is asked anew, which is the login page; whoever passes by sees why.

document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) window.location.reload();
});
// The page itself is taken anew each hour, with the styles and scripts of a version that came meanwhile.
setInterval(() => window.location.reload(), 60 * 60 * 1000);
