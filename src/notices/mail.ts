import nodemailer from 'nodemailer';

export type Mail = { to: string; subject: string; text: string; messageId: string };
/** Hands a mail to the mail server. @throws where it does not take it */
export type SendMail = (mail: Mail) => Promise<void>;

const patienceMs = 15_000;

/** One connection a mail: a few go out in a week, and none is kept open for them. */
export function mailServer({ url, from }: { url: string; from: string }): SendMail {
  const timeouts = { connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs };
  const transport = nodemailer.createTransport({ url, ...timeouts });
  return async (mail) => {
    await transport.sendMail({ from, ...mail });
  };
}
