/** One line that is written over itself on a terminal, and a line now and then elsewhere. */
const quietMs = 10_000;

export function progressLine(): (text: string) => void {
  let last = '';
  let writtenAt = 0;
  return (text) => {
    if (process.stdout.isTTY) {
      process.stdout.write(`\r\x1b[2K${text}`);
      return;
    }
    const phase = !text.includes('% of the shift');
    if (text === '' || text === last || (!phase && Date.now() - writtenAt < quietMs)) return;
    last = text;
    writtenAt = Date.now();
    console.log(text);
  };
}
