/** A string constant of SQL, in any of its forms. */
const constant = String.raw`(?:(?:[eE]|[uU]&)?'(?:[^'\\]|''|\\.)*'?|\$(\w*)\$[\s\S]*?(?:\$\1\$|$))`;
const password = new RegExp(String.raw`(\bpassword\s+)${constant}`, 'gi');
const inConnection = /(\bpassword\s*=\s*)(?:\\?'(?:[^'\\]|\\.)*'?|[^\s'";&]+)/gi;
const inAddress = /(\w+:\/\/[^\s:/@']+:)[^\s@']+(?=@)/gi;

/**
 * The server keeps statements that change roles, user mappings and subscriptions as they came, with the passwords in them.
 * @returns the statement with `…` in their place
 */
export function maskSecrets(sql: string): string {
  return sql.replaceAll(password, "$1'…'").replaceAll(inConnection, '$1…').replaceAll(inAddress, '$1…');
}
