/**
 * What a change of the blacklist does to loaded contacts, in the transaction of the change. Contacts with another usable number
 * stay: the claim's screening passes over the blocked one. Return calls stay too: whether one is made is the claim's rule.
 * Both statements take the time as $1, name the numbers concerned by a query of the caller's, and return the campaigns touched.
 */

/** Finishes the waiting contacts that are left without a number; what quality asked for is told with it (see `unreached`). */
export function finishSql(numbers: string): string {
  return `
    with finished as (update contact c set state = 'finished', reason = 'on-blacklist', reason_version = null
      from campaign k join product p on p.id = k.product_id
     where k.id = c.campaign_id and c.state = 'waiting' and c.origin ->> 'kind' is distinct from 'return-call'
       and c.id in (select contact_id from contact_number where number in (${numbers}))
       and not exists (select 1 from contact_number n
                        where n.contact_id = c.id and not n.dead and not number_blocked(n.number, k.id, p.line, $1::timestamptz))
    returning c.campaign_id, c.origin, c.last_outcome),
    told as (insert into handoff (topic, payload, created_at)
      select 'task-call-unreached', jsonb_build_object('attemptId', null, 'origin', origin, 'outcome', coalesce(last_outcome, '')), $1::timestamptz
        from finished where origin is not null)
    select campaign_id from finished`;
}

/**
 * Gives back the contacts that ended by the blacklist and have a number again that nothing forbids; not what quality asked for,
 * which was told that nobody can be called.
 */
export function giveBackSql(numbers: string): string {
  return `
    update contact c set state = 'waiting', due_at = $1::timestamptz, reason = null
      from campaign k join product p on p.id = k.product_id
     where k.id = c.campaign_id and c.state = 'finished' and c.reason = 'on-blacklist' and c.origin is null
       and c.id in (select contact_id from contact_number where number in (${numbers}))
       and exists (select 1 from contact_number n
                    where n.contact_id = c.id and not n.dead and not number_blocked(n.number, k.id, p.line, $1::timestamptz))
    returning c.campaign_id`;
}
