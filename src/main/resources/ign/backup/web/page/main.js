// Signs in, and then shows the page, which asks the server again and again.

import { App } from './app.js';
import { element, field, fill } from './dom.js';
import { Refusal, Server, Silence } from './server.js';

const main = document.getElementById('main');
const where = document.getElementById('where');
const signOut = document.getElementById('sign-out');

signOut.addEventListener('click', () => location.reload()); // and with the page goes the password

async function begin() {
  try {
    open(await Server.signIn());
  } catch (failure) {
    askWho(failure instanceof Refusal && failure.isOfSignIn ? null : failure);
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
      fill(said, explained(refused));
      go.disabled = false;
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
  if (failure instanceof Refusal || failure instanceof Silence) {
    return [element('p.bad', {}, failure.message), failure.hint && element('p', {}, failure.hint)];
  }
  throw failure;
}

function isReadOnTheWay() {
  return location.protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
}

function open(server) {
  const app = new App(server, {
    onDatabase: name => { where.textContent = [server.user, `${name} at ${location.host}`].filter(Boolean).join(' · '); },
    onSignedOut: failure => {
      where.textContent = '';
      signOut.hidden = true;
      askWho(failure);
    },
  });
  signOut.hidden = false;
  fill(main, app.root);
  main.focus();
  app.start();
}

begin();
