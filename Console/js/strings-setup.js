/** Words for what a hospital sets up. */
export const SETUP_STRINGS = {
  'nav.setup': 'Set up',
  'setup.ladders': 'Ladders', 'setup.alertTypes': 'Alert types', 'setup.screens': 'Screens',

  'record.loading': 'Loading …', 'record.save': 'Save', 'record.cancel': 'Leave as it was',
  'record.reload': 'Show it as it is now',
  'record.conflict': 'Somebody else has changed this meanwhile. Nothing of yours was saved, and it is still here.',

  'ladders.title': 'Escalation ladders',
  'ladders.intro': 'When an unanswered alert climbs. The most particular ladder counts: department and type before '
    + 'type, before department, before the whole hospital, before the default.',
  'ladders.new': 'New ladder', 'ladders.newTitle': 'New ladder', 'ladders.editTitle': 'Edit ladder',
  'ladders.edit': 'Edit', 'ladders.make': 'Make your own', 'ladders.editSpoken': '{action}: urgency {level}, {scope}',
  'ladders.default': 'Default', 'ladders.everywhere': 'Whole hospital', 'ladders.everyType': 'All types',
  'ladders.oneDepartment': 'One department', 'ladders.stepsRepeat': '{steps}, then again and again',
  'ladders.urgency': 'Urgency', 'ladders.department': 'Department', 'ladders.type': 'Type',
  'ladders.steps': 'Steps', 'ladders.stepsHint': 'Minutes and seconds from the moment the alert is raised, for example '
    + '5:00, or 30 s.',
  'ladders.step': 'Step {number}', 'ladders.stepCalls': 'calls: {tier}', 'ladders.dropStep': 'Remove step {number}',
  'ladders.addStep': 'Add a step', 'ladders.repeats': 'After the last step call the last tier again and again',
  'ladders.response': 'Time to resolve', 'ladders.responseHint': 'After this long an acknowledged alert that is not '
    + 'resolved calls again. Empty: twice the first step.',
  'ladders.responseBad': 'Enter minutes and seconds, for example 10:00.',
  'ladders.bad.none': 'A ladder needs at least one step.', 'ladders.bad.many': 'A ladder has at most 50 steps.',
  'ladders.bad.unreadable': 'Step {number} cannot be read. Write it as 5:00 or 30 s.',
  'ladders.bad.range': 'Step {number} must lie between 5 seconds and 7 days.',
  'ladders.bad.rising': 'Step {number} must come later than the one before it.',
  'ladders.delete': 'Delete this ladder', 'ladders.deleteIntro': 'Alerts that are open keep their times. New ones '
    + 'follow the next less particular ladder.',
  'ladders.saved': 'The ladder is saved. It counts for alerts from now on.',
  'ladders.deleted': 'The ladder is deleted.',

  'dryRun.title': 'Who would be paged when?', 'dryRun.at': 'An alert raised at',
  'dryRun.atHint': 'The hospital’s time. Nobody is paged by this.', 'dryRun.atBad': 'Choose a day and a time.',
  'dryRun.tonight': 'Tonight 03:00', 'dryRun.now': 'Now', 'dryRun.tier': 'Tier {number}: {group}',
  'dryRun.after': 'after {time}', 'dryRun.atOnce': 'at once', 'dryRun.skipped': 'Nobody on duty: skipped at once',
  'dryRun.nobody': 'Nobody on duty', 'dryRun.repeats': 'then again every {time}, until somebody answers',
  'dryRun.byDraft': 'This draft is not saved yet.', 'dryRun.byDefault': '',
  'dryRun.basis.on_duty_now': 'Based on who is on duty at this moment: Ward does not know tonight’s rota.',
  'tier.group.nurses': 'Nurses', 'tier.group.doctors': 'Doctors', 'tier.group.headDoctors': 'Head doctors',
  'tier.group.administrators': 'Administrators', 'tier.group.quorum': 'People asked for by the type',

  'alertTypes.title': 'Alert types',
  'alertTypes.intro': 'What can be raised here, how urgent it is, and who has to come.',
  'alertTypes.new': 'New type', 'alertTypes.newTitle': 'New alert type', 'alertTypes.editSpoken': 'Edit {title}',
  'alertTypes.inactive': 'not in use', 'alertTypes.merges': 'calls within {time} are one alert',
  'alertTypes.mergesNever': 'calls are never merged', 'alertTypes.asks': 'Asks for {asked}',
  'alertTypes.name': 'Name', 'alertTypes.nameMissing': 'Give the type a name.',
  'alertTypes.code': 'Code',
  'alertTypes.codeHint': 'For other systems; small letters, digits and _. It stays for good.',
  'alertTypes.class': 'Kind', 'alertTypes.class.medical': 'Medical', 'alertTypes.class.security': 'Security',
  'alertTypes.class.fire': 'Fire', 'alertTypes.class.equipment': 'Equipment', 'alertTypes.class.other': 'Other',
  'alertTypes.urgency': 'Usual urgency', 'alertTypes.merge': 'Merge calls within',
  'alertTypes.mergeHint': 'The same room calling again within this time is one alert with a count. 0:00 never merges; '
    + 'urgencies 4 and 5 never merge.',
  'alertTypes.quorum': 'Who has to come', 'alertTypes.quorumHint': 'Ward keeps calling until all of them are coming. '
    + 'Without any line one answer is enough.',
  'alertTypes.count': 'How many', 'alertTypes.role': 'Role', 'alertTypes.label': 'Shown as',
  'alertTypes.specialization': 'Specialization (optional)',
  'alertTypes.addAsked': 'Ask for somebody', 'alertTypes.dropAsked': 'Remove this line',
  'alertTypes.countBad': 'Ask for 1 to 20 people in each line.',
  'alertTypes.repage': 'Call missing people again every', 'alertTypes.repageHint': 'Minutes and seconds.',
  'alertTypes.spanBad': 'Enter minutes and seconds, for example 2:00.',
  'alertTypes.confirm': 'Ask once more before it is raised', 'alertTypes.active': 'In use',
  'alertTypes.saved': '“{title}” is saved.',
};
