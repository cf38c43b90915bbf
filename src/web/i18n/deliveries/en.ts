/** Why a message did not reach a client's system. */
export const en = {
  refused: 'Nobody answers at this address: the connection was refused.',
  'unknown-host': 'The name in the address is not known.',
  unreachable: 'No way leads to this address.',
  'no-answer': 'No answer within the time allowed.',
  broken: 'The connection broke off.',
  certificate: 'The certificate of the address is not valid.',
  moved: (status: string) => `The address sends elsewhere (${status}).`,
  rights: (status: string) =>
    `The receiving system does not let us in (${status}): the secret or the signature is not accepted.`,
  gone: (status: string) => `There is nothing at this address (${status}).`,
  busy: (status: string) => `The receiving system asks us to come later (${status}).`,
  rejected: (status: string) => `The receiving system refused the message (${status}).`,
  failing: (status: string) => `The receiving system has a fault of its own (${status}).`,
  'no-mail-server': 'This server has no mail server.',
  other: 'It could not be delivered.',
  raw: 'As the computer says it',
};
