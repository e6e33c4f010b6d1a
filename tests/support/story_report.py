"""What the report of the technician's story says, letter by letter; TIME stands for every moment."""

from __future__ import annotations

REPORT = {
    "en": """\
Case report
═══════════

Case: 1
Reference: INC-4711
Started: TIME
Outcome: escalated
Closed: TIME

Users cannot join online meetings in Skype for Business Online
──────────────────────────────────────────────────────────────

Article id: online-meetings
Revision: Unknown
Read in: Swedish
Translation: The source has no edition in this language. The text was written from the
  Swedish edition for this library.
Applies to: Not stated
Content date: Unknown
Scope: Cannot join a Skype for Business online meeting from a single computer – Several
  users inside the organization → Client problem

Triage questions
  How many users are affected by the problem?
    Several users inside the organization
  Are the users inside or outside your organization?
    Several users inside the organization
  Can the affected users reproduce the problem on a single computer or on several
  computers?
    Cannot join a Skype for Business online meeting from a single computer

How to update the computer:
1. Run Windows Update and check that all optional hardware updates are installed. Make
   sure that the video, audio, and network drivers are current.
   Result: done, TIME
2. Check that Lync is up to date. The latest Lync updates are available on the page
   Downloads and updates for Lync.
   Result: failed, TIME
   Technician’s note: Sidan går inte att nå från kontoret.

How to clear credentials and certificates:
1.a. Open Certificate Manager in Windows: click Start > Run, type certmgr.msc, and click
     OK.
     Result: done, TIME
1.b. Expand Personal and then Certificates.
     Result: skipped, TIME
     Technician’s note: Fanns redan öppet.
1.c. Sort by the IssuedBy column and look for a certificate that Communications Server
     has issued.
     Result: done, TIME
1.d. Check that the certificate exists and that it is still valid, that is, that it has
     not expired.
     Result: failed, TIME
     Technician’s note: Expired: 2026-01-31.

Notes
─────

TIME:
  Since Monday, after the update.
""",
    "sv": """\
Ärenderapport
═════════════

Ärende: 1
Referens: INC-4711
Påbörjat: TIME
Utfall: eskalerat
Avslutat: TIME

Användare kan inte ansluta till onlinemöten i Skype för företag Online
──────────────────────────────────────────────────────────────────────

Artikel-id: online-meetings
Revision: Okänt
Läst på: svenska
Översättning: Originaltext
Gäller för: Inte angivet
Innehållets datum: Okänt
Omfattning: Det går inte att ansluta till ett onlinemöte i Skype för företag från en
  enda dator – Flera användare inom organisationen → Klientproblem

Frågor före felsökningen
  Hur många användare påverkas av problemet?
    Flera användare inom organisationen
  Finns användarna inom eller utanför organisationen?
    Flera användare inom organisationen
  Kan de berörda användarna återskapa problemet på en enda dator eller på flera datorer?
    Det går inte att ansluta till ett onlinemöte i Skype för företag från en enda dator

Så här uppdaterar du datorn:
1. Kör Windows Update och kontrollera att alla valfria maskinvaruuppdateringar är
   installerade. Se till att drivrutinerna för video, ljud och nätverk är aktuella.
   Resultat: klart, TIME
2. Kontrollera att Lync är uppdaterat. De senaste Lync-uppdateringarna finns på sidan
   Hämtningsbara filer och uppdateringar för Lync.
   Resultat: misslyckades, TIME
   Teknikerns anteckning: Sidan går inte att nå från kontoret.

Så här rensar du autentiseringsuppgifter och certifikat:
1.a. Öppna Certifikathanteraren i Windows: klicka på Start > Kör, skriv certmgr.msc och
     klicka på OK.
     Resultat: klart, TIME
1.b. Expandera Personligt och därefter Certifikat.
     Resultat: överhoppat, TIME
     Teknikerns anteckning: Fanns redan öppet.
1.c. Sortera efter kolumnen IssuedBy och leta upp ett certifikat som Communications
     Server har utfärdat.
     Resultat: klart, TIME
1.d. Kontrollera att certifikatet finns och att det fortfarande är giltigt, det vill
     säga att det inte har gått ut.
     Resultat: misslyckades, TIME
     Teknikerns anteckning: Expired: 2026-01-31.

Anteckningar
────────────

TIME:
  Since Monday, after the update.
""",
}
