"""Everything privacy can refuse.

PrivacyError
├── NotPermitted            this role may not do this
│   └── FormOfAnotherSession   a change without this session's own token
├── NotSignedIn             nobody is signed in, or the session has ended
├── WrongPassword           the name or the password is wrong: one answer for both
├── WrongProof              a passkey, a one-time code or a provider's word does not hold
├── StepUpNeeded            this asks for a proof that the person is there, given just now
├── ClockWentBack           it is earlier than the last code that was accepted
├── TooManyHashes           as many passwords are being hashed as the memory allows
├── UnsafePassword          too short, too long, or known to everybody
├── InvalidConsent          an item of consent that cannot stand in the ledger
├── NeedsAnotherPerson      two people have to agree, and this is the same one twice
├── BadRetentionRules       the rules of how long records stay cannot be read
├── TooManyOpened           more files were opened in an hour than a person needs
├── KeyDestroyed            the case was erased: nothing of it opens or is kept any more
├── KeysUnavailable         the keys of sealed fields cannot be had
│   └── WrongKeys               they are not those that sealed this database
├── SealingFault            a sealed field cannot be shown or kept as it stands
│   ├── StillSealed             nobody opened it for this viewer
│   ├── NotSealed               clear text was on its way to a sealed column
│   ├── BrokenSeal              it was changed, moved or cut short
│   └── NonceRepeated           the machine's source of chance repeats itself
├── LogUnavailable          the action log cannot be written: nothing is done or shown
├── UnsoundPolicy           the written policies cannot be relied on: nothing starts
│   ├── UnreadableRule          a rule leaves something open that no query can be made of
│   └── UnguardedRecord         no policy speaks of this kind of record
└── UnprovenLog             the log, or what was signed of it, cannot be relied on
    ├── LogTampered             the log is not what was signed
    ├── UnreadableCheckpoint    a signed root is cut short, forged or by another key
    ├── NoSigningKey            the key that signs is absent, open to others or none
    └── ClockJumpedBack         it is earlier than what was already signed
"""


class PrivacyError(Exception):
    """Base class for refusals that protect somebody."""


class NotPermitted(PrivacyError):
    """The role may not do this."""


class FormOfAnotherSession(NotPermitted):
    """A change without this session's token: typed before it began, or asked for by others."""


class NotSignedIn(PrivacyError):
    """Nobody is signed in, or the session has ended."""


class WrongPassword(PrivacyError):
    """The name or the password is wrong: one answer for both."""


class WrongProof(PrivacyError):
    """A passkey, a one-time code or a provider's word does not hold."""


class StepUpNeeded(PrivacyError):
    """A proof that the person is there, given within the last half hour, is asked for."""


class ClockWentBack(PrivacyError):
    """It is earlier than the last one-time code that was accepted."""


class TooManyHashes(PrivacyError):
    """As many passwords are being hashed as the memory allows; a moment later there is room."""


class UnsafePassword(PrivacyError):
    """Too short, too long, or known to everybody; the message says which."""


class TooManyOpened(PrivacyError):
    """More sealed files were opened in an hour than a person needs; nothing was opened."""


class KeyDestroyed(PrivacyError):
    """The case was erased: nothing of it opens, and nothing is kept of it, any more."""


class KeysUnavailable(PrivacyError):
    """The keys of sealed fields cannot be had; the message says what to do."""


class WrongKeys(KeysUnavailable):
    """The keys are not those that sealed this database."""


class SealingFault(PrivacyError):
    """A sealed field cannot be shown or kept as it stands."""


class StillSealed(SealingFault):
    """Nobody opened the field for this viewer; the message names the column."""


class NotSealed(SealingFault):
    """Clear text was on its way to a sealed column."""


class BrokenSeal(SealingFault):
    """A sealed value was changed, moved or cut short; the message names its place."""


class NonceRepeated(SealingFault):
    """The machine's source of chance repeats itself: nothing may be sealed with it."""


class LogUnavailable(PrivacyError):
    """The action log cannot be written: nothing is done or shown."""


class UnsoundPolicy(PrivacyError):
    """The written policies cannot be relied on; the message says where and what to do."""


class UnreadableRule(UnsoundPolicy):
    """A rule leaves something open that no query can be made of: nothing is shown."""


class UnguardedRecord(UnsoundPolicy):
    """No policy speaks of this kind of record, so that nobody may read it."""


class UnprovenLog(PrivacyError):
    """The action log, or what was signed of it, cannot be relied on."""


class LogTampered(UnprovenLog):
    """The action log is not what was signed; the message says where it differs."""


class UnreadableCheckpoint(UnprovenLog):
    """A signed root of the log is cut short, forged or by another key."""


class NoSigningKey(UnprovenLog):
    """The key that signs the log's roots is absent, open to others, or none."""


class ClockJumpedBack(UnprovenLog):
    """It is earlier than what was already signed; the message says by how much."""


class InvalidConsent(PrivacyError):
    """An item of consent that cannot stand in the ledger; the message says why."""


class NeedsAnotherPerson(PrivacyError):
    """Two people have to agree to this, and this is the same one twice."""


class BadRetentionRules(PrivacyError):
    """The rules of how long records stay cannot be read; the message says which line."""
