/** What a campaign may show as its number: with country code, or a short service number of the place (10010, 95588). Apart from the schemas, for pages. */
export const callerIdNumber = /^(\+[1-9]\d{6,14}|\d{3,8})$/;
