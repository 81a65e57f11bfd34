// Signs in, and then shows the page, which asks the server again and again.

import { App } from './app.js';
import { element, field, fill } from './dom.js';
import { Refusal, Server } from './server.js';

const main = document.getElementById('main');
const where = document.getElementById('where');
const signOut = document.getElementById('sign-out');

signOut.addEventListener('click', () => location.reload()); // and with the page goes the password
// A browser may keep a page that was left, as it was, for the button "Back".
addEventListener('pageshow', event => event.persisted && location.reload());

async function begin() {
  fill(main, element('p.sign-in', {}, 'Connecting …'));
  try {
    open(await Server.signIn());
  } catch (failure) {
    const isUnknown = failure instanceof Refusal && failure.isOfSignIn;
    askWho(isUnknown ? null : failure);
  }
}

function askWho(failure) {
  const user = element('input', { name: 'user', value: 'neo4j', autocomplete: 'username', required: true });
  const password = element('input', { name: 'password', type: 'password', autocomplete: 'current-password' });
  const said = element('div', { role: 'alert' });
  const go = element('button.primary', { type: 'submit' }, 'Sign in');
  const signIn = async event => {
    event.preventDefault();
    go.disabled = true;
    fill(said);
    try {
      open(await Server.signIn(user.value, password.value));
    } catch (refused) {
      go.disabled = false;
      fill(said, explained(refused));
      password.select();
    }
  };
  const form = element('form.sign-in', { onsubmit: signIn },
    element('h2', {}, 'Sign in'),
    element('p', {}, 'With the user and password of Neo4j. They stay in this window.'),
    isReadOnTheWay() && element('p.warn', {}, 'This connection is not encrypted: the password can be read on its way.'),
    field('User', user), field('Password', password), said, go);
  fill(said, failure && explained(failure));
  fill(main, form);
  (user.value ? password : user).focus();
}

function explained(failure) {
  return [element('p.bad', {}, failure.message), failure.hint && element('p', {}, failure.hint)];
}

function isReadOnTheWay() {
  return location.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
}

function open(server) {
  const app = new App(server, {
    onDatabase: name => { where.textContent = [server.user, `${name} at ${location.host}`].filter(Boolean).join(' · '); },
    onSignedOut: failure => {
      document.querySelectorAll('dialog').forEach(dialog => dialog.close());
      where.textContent = '';
      signOut.hidden = true;
      askWho(failure);
    },
  });
  signOut.hidden = !server.user;
  fill(main, app.root);
  main.focus();
  app.start();
}

begin();
