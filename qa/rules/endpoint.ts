const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
/** Addresses inside a network, link-local ones (where clouds keep their secrets) among them: RFC 1918, 3927, 4193, 4291, 6598. */
const INSIDE =
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|0\.|\[(f[cd]|fe[89ab]|::))/i;
/** Names without a dot, and those of domains that no public server answers for. */
const NAMED_INSIDE = /^[^.[]+$|\.(local|localhost|internal|lan|home|corp|intranet|private|home\.arpa)$/;

/**
 * Why messages must not be sent to this address; null: they may. The server would speak for whoever sets it, so only HTTPS to a named
 * host or an outside address; `sandbox`: everything is on this machine, and loopback will do.
 */
export function endpointFault(address: string, sandbox: boolean): 'invalid' | 'not-https' | 'inside-network' | null {
  if (!URL.canParse(address)) return 'invalid';
  const { protocol, hostname: written, username, password } = new URL(address);
  // A dot at the end names the same host.
  const hostname = written.replace(/\.$/, '');
  if (username !== '' || password !== '') return 'invalid';
  if (LOOPBACK.test(hostname)) return sandbox && /^https?:$/.test(protocol) ? null : 'inside-network';
  if (protocol !== 'https:') return 'not-https';
  return INSIDE.test(hostname) || NAMED_INSIDE.test(hostname) ? 'inside-network' : null;
}
