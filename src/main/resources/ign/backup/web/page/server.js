// The procedures, called through the Query API of the server that this page comes from, as the user who has signed in.

const PATIENCE_WITH_SIGN_IN = 30_000;
const QUERY = '../../db/system/query/v2';
const CAUSE = /^Failed to invoke procedure `[^`]*`: Caused by: [\w.$]+: /;
const HINT = '\nHINT: ';

/** What a procedure or the server has refused; `hint` says what to do. */
export class Refusal extends Error {
  constructor(message, hint = '', status = '') {
    super(message);
    this.hint = hint;
    this.status = status;
  }

  /** Whether the server does not know this user, or not with this password. That others have typed wrong ones is not meant. */
  get isOfSignIn() {
    return /\.Security\.(Unauthorized|CredentialsExpired|TokenExpired)$/.test(this.status);
  }
}

/** The server did not answer: it is down, restarts, or the network is away. */
export class Silence extends Error {}

/** One user's way to the server. What the user has typed stays in this object, and goes with the page. */
export class Server {
  #authorization = null;

  /** Signs in as a user, or, without a name, as nobody: that works where the server asks for no password. */
  static async signIn(user = '', password = '') {
    const server = new Server();
    if (user) {
      server.#authorization = `Basic ${base64(`${user}:${password}`)}`;
    }
    await server.call(PATIENCE_WITH_SIGN_IN, 'status');
    server.#authorization ??= `Basic ${base64('neo4j:')}`; // nothing is changed without one, also where the server wants none
    server.user = user;
    return server;
  }

  /**
   * Calls `ign.backup.<procedure>`.
   * @param {number|null} limit how long the answer may take, in milliseconds; null for however long it takes
   * @returns {Promise<Array<object>>} its rows, each from column to value
   * @throws {Refusal|Silence}
   */
  async call(limit, procedure, ...args) {
    const names = args.map((_, index) => `$p${index}`);
    const answer = await this.#send(limit, {
      statement: `CALL ign.backup.${procedure}(${names.join(', ')})`,
      parameters: Object.fromEntries(args.map((value, index) => [`p${index}`, value])),
    });
    const { fields, values } = answer.data;
    return values.map(row => Object.fromEntries(fields.map((name, index) => [name, row[index]])));
  }

  async #send(limit, query) {
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
    if (this.#authorization) {
      headers.Authorization = this.#authorization;
    }
    let response;
    let answer = null;
    try {
      // Without the browser's own credentials: nor does it ask for them when ours are refused.
      response = await fetch(QUERY, {
        method: 'POST', headers, body: JSON.stringify(query), credentials: 'omit', cache: 'no-store',
        signal: limit === null ? null : AbortSignal.timeout(limit),
      });
      answer = await response.json();
    } catch (failure) {
      if (response?.status !== 404) {
        throw new Silence('The server does not answer.', { cause: failure });
      }
    }
    if (answer?.errors?.length) {
      throw refusal(answer.errors[0]);
    }
    if (response.status === 404) {
      throw new Refusal('The Query API of this server is switched off.', "Add QUERY_API_ENDPOINTS to 'server.http_enabled_modules'.");
    }
    if (!answer.data) {
      throw new Silence('What answers is not Neo4j.');
    }
    return answer;
  }
}

function refusal({ code = '', message = '' }) {
  const [said, hint] = message.replace(CAUSE, '').split(HINT);
  if (code === 'Neo.ClientError.Security.Unauthorized') {
    return new Refusal('The server does not accept this user or password.', '', code);
  }
  if (code === 'Neo.ClientError.Security.CredentialsExpired') {
    return new Refusal('This password has to be changed before it can be used.',
      'Change it in Neo4j Browser or cypher-shell: ALTER CURRENT USER SET PASSWORD FROM … TO …', code);
  }
  return new Refusal(said, hint, code);
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
