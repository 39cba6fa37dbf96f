"""A service with every kind of clock: returns, an outside wait, stages, an objection, a reminder and a timed close."""

ERRAND = """\
service: errand
title: گواهی پیمانکاری
applicants: [natural]
unit: housing
form:
  - {name: text, kind: text, label: شرح}
  - {name: big, kind: yes_no, plain: true, label: بزرگ}
states:
  filed: {label: در صف}
  in_review: {label: در دست بررسی}
  returned: {label: در انتظار تکمیل, turn: applicant, clock: stopped}
  outside: {label: نزد خزانه, turn: party, clock: stopped, waits_for: خزانهٔ معین}
  answered: {label: پاسخ داده شد, turn: nobody}
  disputed: {label: اعتراض شد}
  closed: {label: بسته شد, turn: nobody, closed: true}
parties:
  treasury: {label: خزانهٔ معین, source: office.treasury}
steps:
  start: {label: آغاز, by: expert, from: [filed], to: in_review, says: بررسی آغاز شد.}
  return:
    label: برگرداندن
    by: expert
    from: [filed, in_review]
    to: returned
    form: [{name: items, kind: items, label: کم‌ها}]
    says: برگشت.
  supply: {label: تکمیل, by: applicant, from: [returned], to: in_review, says: آمد.}
  remind: {label: یادآوری, by: system, from: [returned], after: {within: 10, unit: working_days}, says: یادآوری شد.}
  give_up:
    label: بستن بی‌پاسخ
    by: system
    from: [returned]
    to: closed
    after: {within: 15, unit: working_days}
    says: تا ۱۵ روز کاری پاسخی نرسید و پرونده بسته شد.
  ask: {label: استعلام, by: expert, from: [in_review], to: outside, brings: [treasury], says: از خزانه پرسیدیم.}
  told: {label: پاسخ خزانه, by: 'party:treasury', from: [outside], to: in_review, says: خزانه پاسخ داد.}
  reply: {label: پاسخ, by: expert, from: [filed, in_review], to: answered, says: پاسخ دادیم.}
  object: {label: اعتراض, by: applicant, from: [answered], to: disputed, says: اعتراض شد.}
  decide: {label: رأی, by: head, from: [disputed], to: answered, says: رأی صادر شد.}
  close: {label: بستن, by: expert, from: [answered], to: closed, says: بسته شد.}
  withdraw: {label: پس‌گرفتن, by: applicant, from: [filed, in_review, returned], to: closed, says: پس گرفت.}
targets:
  answer: {within: 10, norm: 8, unit: working_days, until: [reply]}
  answer_big: {within: 20, unit: working_days, until: [reply], when: {big: true}}
  first: {label: نخستین رسیدگی, within: 2, unit: working_days, in: [filed], until: [start, return, reply]}
  review: {label: بررسی, within: 900, unit: working_minutes, in: [in_review], part_of: answer}
  treasury: {label: پاسخ خزانه, within: 5, unit: working_days, owed_by: 'party:treasury'}
  objection: {label: رسیدگی به اعتراض, within: 5, unit: working_days, starts: [object], until: [decide]}
"""
