export const en = {
  title: 'What this call is for',
  kinds: {
    corrective:
      'The earlier sale did not meet the four criteria. Speak to the owner of the line or the family member who decides, make sure that they can follow, say everything that must be said, and ask for a clear yes. The sale counts only when this call qualifies. Nothing else is sold.',
    verification:
      'A criterion of the sale was in doubt. Ask about it until it is clear that all four hold. If it stays in doubt, the sale is void. Nothing else is sold.',
    confirmation:
      'The free trial ends. Say what the product costs from now on, how it is cancelled, and ask whether the customer wants to keep it. Billing starts only with a clear yes; a no cancels it. Whoever wants to think is told how and on which number to cancel.',
    'return-call':
      'The case has been answered. Make sure that the customer knows the answer and what was done, and ask how satisfied they are with it. Nothing is sold in this call.',
  },
  answer: 'The answer',
  noAnswer: 'No answer is written in the case. Ask what is still open, and note it.',
  mended: 'What was done',
  words: {
    complaint: 'What was complained of',
    problem: 'The problem as told',
    question: 'The question',
    suggestion: 'The suggestion',
    'client-remark': 'The client’s remark',
    'service-visit': 'What the visit was for',
  },
  showScript: 'Show the script of the sale',
  hideScript: 'Hide the script of the sale',
};
