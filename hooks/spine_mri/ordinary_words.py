"""Words that say how a back pain is and what was done about it, and warn of nothing.

What stands beside a name that we know, in a reason or a problem in words, may hold a
red flag in a language or a spelling that we do not read. So each part of it has to be
made of these words alone, or it counts as unread. A word that could be half of a red
flag is left out: weak, numb, loss, weight, night, fever, fall, mass, fracture, bowel.
"""

from __future__ import annotations

import re
from typing import Final

from cds_service.knowledge.wording import readable

_GRAMMAR: Final = """
a about after all also although am an and any are as at be because been being both but
by can could did do does during each either for from further given had has have having
he her here him his if in into is it its likely long may me might more most much my
nature new no not now of off on one only onto or other our out over per please
possible probable same see set she should side since so some still such than that the
their them then there these they this those though through throughout to too under
until up upon us very via was we were when where which while who whose will with
within without would yet you your
"""
_PEOPLE: Final = """
adult age aged family female gentleman lady male man old patient patients person pt
pts woman year years yo yr yrs
"""
_TIME: Final = """
acute acutely ago april august chronic chronically constant constantly continued
continues continuing continuous current currently daily date day days december
duration early eight episode episodes february first five flare flared flares four
gradual gradually history hour hours hr hrs hx intermittent intermittently january
july june last lasting later longstanding march mo month months mos nine november
october ongoing onset past persist persistent persisting persists previous previously
prior recent recently recurrence recurrent recurring repeat september seven several
six subacute sudden ten three time times today twelve two week weeks wk wks yesterday
"""
_PLACE: Final = """
ankle anterior arm arms axial back backs between bilateral bilaterally blade blades
ble bue buttock buttocks c calf calves cervical cervicothoracic coccyx dermatomal
dermatome disc discs disk disks distribution elbow facet facets feet finger fingers
foot foraminal forearm gluteal groin hamstring hand hands heel hip hips joint joints
knee knees lateral left leftsided leg legs level levels limb limbs lle low lower lt
lue lumbar lumbosacral medial mid midline muscle muscles neck paraspinal paraspinals
posterior region right rightsided rle rt rue sacral sacroiliac sacrum scapula shoulder
shoulders si sided spinal spine tailbone thigh thighs thoracic thoracolumbar toe toes
trapezius trunk upper vertebra vertebrae vertebral
"""
_COMPLAINTS: Final = """
ache aches aching achy annular arthropathy bulge bulges bulging claudication
coccydynia cramping cramps ddd degenerated degeneration degenerative discomfort djd
hernia herniated herniation herniations hnp hurt hurts impingement lordosis lumbago
narrowing oa osteoarthritis osteophyte osteophytes pain painful pains pars pinched
prolapse prolapsed protrusion protrusions radic radicular radiculitis radiculopathy
ruptured schmorl sciatic sciatica scoliosis sore soreness spasm spasms
spondylolisthesis spondylolysis spondylosis sprain spurs stenosis stenotic stiff
stiffness strain strained tenderness tightness whiplash
"""
_COURSE: Final = """
aggravated arthritic better bothers burning change changed changes chronicity dull
exacerbated exacerbation extending grade improve improved improvement improves
improving increase increased increases increasing intractable laterality mechanical
mild moderate muscular nonradiating pinching pressing radiate radiated radiates
radiating refractory relief relieved resolved severe severity sharp shooting stabbing
stable symptom symptomatic symptoms syndrome tender throbbing tight traveling travels
type unchanged uncontrolled worse worsen worsened worsening worsens
"""
_BURDEN: Final = """
activities activity ambulate ambulating bed bending bends box boxes carrying chair
climbing cough coughing daily dressing driving exercising extension flexion function
functional furniture gardening golf gym interferes interfering job ladder life lifting
lifts limited limiting limits lying mobility motion movement movements moving
prolonged quality range rest resting rom rotation running shoveling shovelling sit
sits sitting sleep sleeping sneezing snow sport sports squatting stairs stand standing
stands tennis turning twisting walk walking walks weights work working yard
"""
_CARE: Final = """
acetaminophen acupuncture analgesic analgesics anti care celecoxib chiro chiropractic
chiropractor completed compliant conservative conservatively course cyclobenzaprine
despite diclofenac done duloxetine education exercise exercises failed failing failure
flexeril gabapentin heat help helped helping helps hep home ibuprofen ice inadequate
inflammatories lidocaine manipulation massage medication medications meds meloxicam
methocarbamol mgmt mobic modalities motrin naproxen nsaid nsaids otc paracetamol patch
patches physical physio physiotherapy pregabalin program progress rehab relaxant
relaxants relaxer relaxers respond responding response session sessions taken taking
tens therapies therapy tizanidine topical tramadol treated treatment treatments trial
trialed tried tx tylenol use used uses using yoga
"""
_ASKED: Final = """
advanced advise appointment appropriate appt assess assessment before bmi check clinic
clinical clinically compare comparison confirm consider consult contrast correlate
correlation determine diagnosis diagnostic doctor dr dx encounter etiology eval
evaluate evaluated evaluation exam examination exclude film films find follow followup
further guide hcc image images imaging include indicated indication initial insurance
investigate investigation looking management md medical mr mri needed needs
neurosurgery nkda nonfocal note order ordered ortho orthopaedic orthopaedics
orthopedic orthopedics otherwise pcp plan planning please present protocol provider
radiograph radiographs ray rays reason refer referral referred rehabilitation report
reported reports request requested requests require required requires results review
rheumatology rule scan screening specialist specified specify states study unspecified
visit wants whether wo workup xr xray xrays
"""
_SPINE: Final = """
alignment annular curvature defect defects degen desiccation disease disorder
displacement foramen height intervertebral multilevel nerve nerves node nodes pars
root roots slipped space spur tear wear
"""
_EXAMINED: Final = """
equal full good hamstrings intact lasegue motor nl normal positive raise slr spurling
straight strength symmetric symmetrical unremarkable wnl
"""
_ARRANGED: Final = """
afternoon anxiety anxiolytic anxious appointments approval approved arrange asap auth
authorization available backup book booked bore bring call cc cd claustrophobia
claustrophobic clinic closed contact copy disc email facility fax fri friday hospital
interpreter language location mobile mon monday next number office open outpatient
outside phone prefer preferred prefers premed premedication prior release resched
reschedule room sat saturday schedule scheduled scheduling sedate sedation send soon
soonest spanish sun sunday thank thanks thu thursday tomorrow transport tue tuesday
upright urgent urgently wed wednesday week wheelchair wide
"""
_WORD: Final = re.compile(r"[^\W\d_]+")
_ALL: Final = (
    *(_GRAMMAR, _PEOPLE, _TIME, _PLACE, _COMPLAINTS, _COURSE, _BURDEN, _CARE),
    *(_ASKED, _SPINE, _EXAMINED, _ARRANGED),
)
# A reason of these alone, with one of the first, says all that it has to say.
COMPLAINTS: Final = frozenset(
    (*_COMPLAINTS.split(), "conservative", "chiropractic", "physio", "physiotherapy")
)
ORDINARY: Final = frozenset(word for words in _ALL for word in words.split())


def is_ordinary(text: str) -> bool:
    """Whether every word of a text is one of these, a letter or a number."""
    return all(len(word) == 1 or word in ORDINARY for word in _words(text))


def is_complaint(text: str) -> bool:
    """Whether a text names a pain or wear of the spine, and warns of nothing."""
    return is_ordinary(text) and not COMPLAINTS.isdisjoint(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(readable(text))
