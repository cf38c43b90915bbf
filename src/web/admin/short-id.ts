/** Enough of a long id to tell two apart; a name in words is kept whole. */
export const short = (id: string): string => (/^[0-9a-f-]{36}$/.test(id) ? id.slice(0, 8) : id);
