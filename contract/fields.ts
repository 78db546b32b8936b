import { z } from 'zod'
import { languages } from './problems.ts'

/** Fields that several endpoints share, each with the rule a person is told before breaking it. */

export const language = z.enum(languages)

/** Site code such as `cn1`; which sites exist is configuration. */
export const siteCode = z.string().regex(/^[a-z]{2}\d{1,2}$/, 'must be a site code such as cn1')

/** E-mail address, compared without regard to case; kept in lower case. */
export const email = z
  .string()
  .trim()
  .max(254, 'must be at most 254 characters')
  .toLowerCase()
  .pipe(z.email('must be an e-mail address such as name@company.com'))

/** 3–64 letters, digits, dots, dashes or underscores, beginning with a letter; compared without regard to case. */
export const username = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z][A-Za-z0-9._-]{2,63}$/,
    'must be 3–64 letters, digits, dots, dashes or underscores, beginning with a letter',
  )

/** New password: 10–200 characters, no composition rules; common ones are refused by the server. */
export const newPassword = z
  .string()
  .min(10, 'must have at least 10 characters')
  .max(200, 'must be at most 200 characters')

/** The 6 digits of an e-mail code; spaces are forgiven. */
export const code = z
  .string()
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'must be the 6 digits from the e-mail'))

/** Optional phone number, E.164 or local notation. */
export const phone = z
  .string()
  .trim()
  .regex(/^\+?[0-9 ()-]{5,24}$/, 'must be a phone number, digits with an optional leading +')

export const workspaceName = z.string().trim().min(1, 'must not be empty').max(128, 'must be at most 128 characters')

export const companyName = z.string().trim().min(1, 'must not be empty').max(200, 'must be at most 200 characters')

/** The version of the terms the person saw and accepted; refused when it is not the current one. */
export const acceptTerms = z.string().min(1, 'must be the version of the terms that were accepted').max(40)

/** Chosen by the caller once per intent (a UUID); sending it again answers with what the first call made. */
export const requestKey = z.uuid('must be a UUID chosen once per intent')

/** Cloud account id as the marketplace shows it (Alibaba Cloud: digits of the main account). */
export const cloudAccountRef = z
  .string()
  .trim()
  .regex(/^\d{5,24}$/, 'must be the digits of the main account id')

/** Product Instance ID as shown under Purchased Services. */
export const instanceRef = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be the Instance ID shown under Purchased Services')

/** Point in time, ISO 8601 in UTC. */
export const instant = z.iso.datetime()
