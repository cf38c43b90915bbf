/** For pages that load calendars only when they are wanted. */
export { MomentField as default } from './date-fields.tsx';
