// Every page works without this file: it shows what only a script can do, and moves the focus where `autofocus` did not.
"use strict";
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
addEventListener("load", () => {
  const summary = document.getElementById("error-summary");
  if (summary && document.activeElement === document.body) summary.focus();
});
