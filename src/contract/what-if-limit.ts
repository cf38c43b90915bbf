// Apart from the shapes, because the page needs the number and a page loads no validator.
/** Numbers of agents times hours that are simulated in half a minute on a small machine; more is not waited for. */
export const mostAgentHours = 6_000;
