// `node oidc_server.mjs PORT CALLBACK...`: a certified OpenID provider on loopback, for tests alone.
//
// Whoever signs in says at the sign-in page who they are (JSON: sub, acr, amr and any other claim).
// POST /plan with a word makes the next answer of the token endpoint wrong:
//   replay     the ID token of the sign-in before, once more   expired    valid until a minute ago
//   audience   meant for another client                        nonce      another nonce
//   signature  signed with a key of nobody                     unsigned   not signed at all (alg none)
//   issuer     of another issuer                               broken     an error 500
//   nojson     an answer that is not JSON                      other-sub  user information of another person
import { randomUUID } from "node:crypto";
import { Provider } from "oidc-provider";
import { SignJWT, UnsecuredJWT, decodeJwt, exportJWK, generateKeyPair, importJWK } from "jose";

const [port, ...callbacks] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: "test", alg: "RS256", use: "sig" };
const nobody = (await generateKeyPair("RS256", { extractable: true })).privateKey;
const LEVELS = [
  "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport", "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract",
  "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard", "urn:etoegang:core:assurance-class:loa2plus", "urn:etoegang:core:assurance-class:loa3", "mfa",
];
const people = new Map();
let plan = "";
let last = null;

const client = (id) => ({
  client_id: id, client_secret: `secret-of-${id}-that-is-long-enough`, redirect_uris: callbacks.map((address) => `${address}/inloggen/${id}/terug/`),
  post_logout_redirect_uris: callbacks.map((address) => `${address}/`), grant_types: ["authorization_code"], response_types: ["code"],
});

const provider = new Provider(issuer, {
  clients: ["inwoner", "organisatie", "medewerker"].map(client),
  jwks: { keys: [key] },
  cookies: { keys: [randomUUID()] },
  acrValues: LEVELS,
  claims: { openid: ["sub", "bsn", "name", "given_name", "family_name", "email", "kvk", "branch", "groups", "person"], acr: null, amr: null },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true }, claimsParameter: { enabled: true } },
  pkce: { required: () => true },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, sub) => ({ accountId: sub, claims: (use) => (use === "id_token" ? { sub } : { ...people.get(sub), sub })}),
});
// The last word on who may say what is ours: acr and amr stand in every ID token, as brokers do.
const { IdToken } = provider;
const issue = IdToken.prototype.issue;
IdToken.prototype.issue = async function signed(context) {
  const { acr, amr } = people.get(this.extra.sub ?? this.available?.sub) ?? people.get(this.available.sub) ?? {};
  if (acr) this.set("acr", acr);
  if (amr) this.set("amr", amr);
  return issue.call(this, context);
};

const body = async (request) => {
  let text = "";
  for await (const part of request) text += part;
  return text;
};

const PAGE = (uid, asked) => `<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1><p id="asked">${asked}</p>
<form method="post" action="/interaction/${uid}"><label>Who <textarea name="person"></textarea></label><button>Sign in</button></form>`;

async function wrong(token) {
  const claims = decodeJwt(token);
  const sign = (changes, by = privateKey) => new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: "RS256", kid: "test" }).sign(by);
  const now = Math.floor(Date.now() / 1000);
  switch (plan) {
    case "replay": return last;
    case "expired": return sign({ iat: now - 4000, exp: now - 60 });
    case "audience": return sign({ aud: "somebody-else" });
    case "issuer": return sign({ iss: "http://127.0.0.1:1" });
    case "nonce": return sign({ nonce: "another" });
    case "signature": return sign({}, nobody);
    case "unsigned": return new UnsecuredJWT(claims).encode();
    default: return token;
  }
}

provider.use(async (ctx, next) => {
  if (ctx.path === "/plan") {
    plan = await body(ctx.req);
    ctx.body = "ok";
    return;
  }
  if (ctx.path.startsWith("/interaction/")) {
    const interaction = await provider.interactionDetails(ctx.req, ctx.res);
    if (ctx.method === "GET" && interaction.prompt.name === "login") {
      ctx.type = "html";
      ctx.body = PAGE(interaction.uid, interaction.params.acr_values ?? "");
      return;
    }
    if (interaction.prompt.name === "login") {
      const typed = new URLSearchParams(await body(ctx.req)).get("person");
      if (typed === "cancel") return provider.interactionFinished(ctx.req, ctx.res, { error: "access_denied" });
      const person = JSON.parse(typed);
      people.set(person.sub, person);
      return provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: person.sub, acr: person.acr, amr: person.amr } }, { mergeWithLastSubmission: false });
    }
    const grant = new provider.Grant({ accountId: interaction.session.accountId, clientId: interaction.params.client_id });
    grant.addOIDCScope("openid");
    const consent = { consent: { grantId: await grant.save() } };
    return provider.interactionFinished(ctx.req, ctx.res, consent, { mergeWithLastSubmission: true });
  }
  await next();
  if (ctx.path === "/token" && ctx.body?.id_token) {
    const real = ctx.body.id_token;
    if (plan === "broken") { ctx.status = 500; ctx.body = { error: "server_error" }; }
    else if (plan === "nojson") { ctx.type = "application/json"; ctx.body = "<html>"; }
    else ctx.body = { ...ctx.body, id_token: await wrong(real) };
    if (plan !== "other-sub") plan = "";
    last = real;
  }
  if (ctx.path === "/me" && plan === "other-sub") {
    plan = "";
    ctx.body = { ...ctx.body, sub: "somebody-else" };
  }
});

provider.listen(Number(port), "127.0.0.1", () => console.log(`listening on ${issuer}`));
