// Asks the device for a passkey and sends its answer with the form. Every page works without this, by password or code.
"use strict";
(() => {
  const form = document.querySelector("form[data-passkey]");
  const can = window.PublicKeyCredential;
  if (!form || !can || !can.parseCreationOptionsFromJSON) {
    return;
  }

  const makes = form.dataset.does === "make";
  const ask = (options) =>
    makes
      ? navigator.credentials.create({ publicKey: can.parseCreationOptionsFromJSON(options) })
      : navigator.credentials.get({ publicKey: can.parseRequestOptionsFromJSON(options) });
  form.hidden = false;
  form.addEventListener("submit", async (sent) => {
    sent.preventDefault();
    const trouble = form.querySelector("[data-trouble]");
    trouble.hidden = true;
    try {
      const answer = await ask(JSON.parse(form.dataset.passkey));
      form.elements.credential.value = JSON.stringify(answer);
      form.submit();
    } catch {
      trouble.hidden = false;
    }
  });
})();
