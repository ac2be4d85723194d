// Runs before the page is drawn: says that scripts, and modules at that, are to be had.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
