/** The two axes of a person at work, as the façade names them. */
export type Presence = 'signed-out' | 'signed-in' | 'on-break';
export type Activity = 'none' | 'ready' | 'reserved' | 'ringing' | 'talking' | 'wrap-up';
