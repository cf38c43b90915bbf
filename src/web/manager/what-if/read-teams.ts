/** The numbers of agents in a text, and its words that are none. */
export function readTeams(text: string): { agents: number[]; unread: string[] } {
  const parts = text.split(/[,，、\s]+/).filter((word) => word !== '');
  const isTeam = (word: string): boolean => /^\d{1,3}$/.test(word) && Number(word) >= 1 && Number(word) <= 500;
  return { agents: parts.filter(isTeam).map(Number), unread: parts.filter((word) => !isTeam(word)) };
}
