// The code of an invitation's QR stands after "#", where no server and no log sees it.
const code = decodeURIComponent(location.hash.slice(1));
const field = document.querySelector("input[name=code]");
if (code && field && !field.value) {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  field.form.querySelector("button[type=submit]").focus();
}
