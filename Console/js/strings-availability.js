/** Words for the hours in which somebody can be booked. */
export const AVAILABILITY_STRINGS = {
  'tab.bookingHours': 'Hours and fees',
  'bookingHours.title': 'Hours and fees', 'bookingHours.intro': 'When each doctor can be booked, for how long and for how much.',
  'bookingHours.doctor': 'Doctor', 'bookingHours.noDoctor': 'There is no doctor yet.',
  'bookingHours.hours': 'Hours', 'bookingHours.hint': 'For example 08:00–12:30, 14:00–18:00. Without any hours every time can be booked.',
  'bookingHours.minutes': 'Minutes a visit', 'bookingHours.capacity': 'Patients at once', 'bookingHours.fee': 'Fee in {currency}',
  'bookingHours.feeHint': 'What is booked from now on costs this; what is booked keeps its price.',
  'bookingHours.feeBad': 'Enter an amount such as {example}.', 'bookingHours.noCurrency': 'The hospital has no currency yet: nothing has a price.',
  'bookingHours.number': 'Enter a whole number from {least} to {most}.',
  'bookingHours.saved': 'The hours are set.', 'bookingHours.off': 'Days off', 'bookingHours.noneOff': 'No day off lies ahead.',
  'bookingHours.day': 'First day', 'bookingHours.until': 'Last day', 'bookingHours.what': 'What for', 'bookingHours.dayMissing': 'Choose a day.',
  'bookingHours.add': 'Add a day off', 'bookingHours.added': 'The day off is added. What is booked then stays booked.',
  'bookingHours.remove': 'Remove', 'bookingHours.removeSpoken': 'Remove {days}', 'bookingHours.removed': 'The day off is removed.',
  'bookingHours.days': '{first} – {last}', 'bookingHours.extra': 'Extra hours',
};
