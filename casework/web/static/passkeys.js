// Passkeys: puts a question of the registry to the browser, and its answer into a form.
// Without this file, or without passkeys, the forms stay hidden and codes do the same.
"use strict";
(() => {
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const asked = (options) => {
    const named = (each) => ({ ...each, id: bytes(each.id) });
    const ready = { ...options, challenge: bytes(options.challenge) };
    if (options.user) ready.user = named(options.user);
    if (options.excludeCredentials) ready.excludeCredentials = options.excludeCredentials.map(named);
    if (options.allowCredentials) ready.allowCredentials = options.allowCredentials.map(named);
    return ready;
  };

  const told = (credential) => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  };

  const ask = async (form) => {
    const token = form.elements.form_token ? form.elements.form_token.value : "";
    const question = await fetch(form.dataset.question, {
      method: "POST",
      headers: { "x-form-token": token },
    });
    if (!question.ok || question.redirected) throw new Error("no question");
    const publicKey = asked(await question.json());
    return form.dataset.passkey === "create"
      ? navigator.credentials.create({ publicKey })
      : navigator.credentials.get({ publicKey });
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-passkey-failed]");
    const button = form.querySelector("button");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      failed.hidden = true;
      button.disabled = true;
      try {
        form.elements.answer.value = told(await ask(form));
        form.submit();
      } catch {
        failed.hidden = false;
        button.disabled = false;
      }
    });
  }
})();
