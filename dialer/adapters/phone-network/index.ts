/** The pretend phone network for uses outside calls: a demonstration's past, and managers' questions. */
export { type PastCall, type PastInterval, type PastShift, type PastShiftPlan, playPastShift } from './past-shift.ts';
export { machineTalkMs } from '../../simulation/desk.ts';
export { type ForetoldShift, foretellShift } from './foretold-shift.ts';
export { answerWhatIf, ordinaryList, type WhatIfAnswer, type WhatIfQuestion } from './what-if.ts';
export { askWhatIf } from './what-if-process.ts';
export { realConversations } from './real-conversations.ts';
export { conversationSound } from './conversation-sound.ts';
