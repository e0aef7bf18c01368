"""Names of the medicines that a chart is searched for, and what rules a name out.

Charts carry a product with its strength and seldom the code of the ingredient, so
the name in the text is what finds most of them. Names are international and United
States ones, lower case; where a missed one could hide a risk, also the common brands
and the German spelling.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


def _words(text: str) -> tuple[str, ...]:
    """Return the names in a text; `~` stands for a blank within a name."""
    return tuple(word.replace("~", " ") for word in text.split())


NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "antibiotics-systemic": _words(
            """
            amikacin amoxicillin amoxicilline amoxycillin ampicillin azithromycin
            aztreonam bedaquiline benzylpenicillin cefaclor cefadroxil cefalexin
            cefazolin cefdinir cefepime cefiderocol cefixime cefotaxime cefotetan
            cefoxitin cefpodoxime cefprozil ceftaroline ceftazidime ceftolozane
            ceftriaxone cefuroxime cephalexin chloramphenicol ciprofloxacin
            clarithromycin clavulanate clavulanic~acid clindamycin cloxacillin
            co-trimoxazole colistimethate colistin dalbavancin daptomycin delafloxacin
            dicloxacillin doripenem doxycycline eravacycline ertapenem erythromycin
            ethambutol flucloxacillin fosfomycin fusidic~acid gentamicin imipenem
            isoniazid levofloxacin linezolid meropenem metronidazole minocycline
            moxifloxacin nafcillin nitrofurantoin norfloxacin ofloxacin omadacycline
            oritavancin oxacillin penicillin phenoxymethylpenicillin piperacillin
            plazomicin polymyxin~b pyrazinamide quinupristin rifampicin rifampin
            rifapentine streptomycin sulbactam sulfamethoxazole tazobactam tedizolid
            teicoplanin telavancin tetracycline ticarcillin tigecycline tobramycin
            trimethoprim vancomycin
            """
        ),
        "anticoagulant": _words(
            """
            acenocoumarol apixaban argatroban arixtra bemiparin bivalirudin clexane
            coumadin dabigatran dalteparin edoxaban eliquis enoxaparin fluindione
            fondaparinux fragmin heparin innohep lixiana lovenox marcumar marevan
            nadroparin phenprocoumon pradaxa rivaroxaban savaysa sintrom tinzaparin
            warfarin xarelto
            """
        ),
        "antineoplastic-myelosuppressive": _words(
            """
            acalabrutinib azacitidine bendamustine bleomycin blinatumomab bortezomib
            brentuximab~vedotin busulfan cabazitaxel capecitabine carboplatin
            carfilzomib carmustine cisplatin clofarabine cytarabine dacarbazine
            daratumumab daunorubicin decitabine docetaxel doxorubicin elotuzumab
            epirubicin eribulin etoposide fludarabine fluorouracil gemcitabine
            hydroxycarbamide hydroxyurea ibrutinib idarubicin idelalisib ifosfamide
            irinotecan isatuximab ixazomib lenalidomide lomustine melphalan mitomycin
            oxaliplatin paclitaxel pemetrexed pentostatin pomalidomide temozolomide
            thalidomide thiotepa topotecan trabectedin treosulfan venetoclax vinblastine
            vincristine vinorelbine zanubrutinib
            """
        ),
        "antiplatelet": _words(
            """
            abciximab acetylsalicylic~acid aspirin cangrelor cilostazol clopidogrel
            dipyridamole eptifibatide prasugrel ticagrelor ticlopidine tirofiban
            vorapaxar
            """
        ),
        "gadolinium-allergy": _words(
            """
            clariscan dotarem elucirem eovist gadavist gadobenate gadobenic~acid
            gadobutrol gadodiamide gadofosveset gadolinium gadopentetate
            gadopentetic~acid gadopiclenol gadoterate gadoteric~acid gadoteridol
            gadoversetamide gadovist gadoxetate gadoxetic~acid magnevist multihance
            omniscan primovist prohance vueway
            """
        ),
        "immunosuppressant-drug": _words(
            """
            abatacept abrocitinib adalimumab alemtuzumab anakinra anifrolumab
            anti-thymocyte~globulin antithymocyte azathioprine baricitinib basiliximab
            belatacept belimumab bimekizumab brodalumab canakinumab certolizumab
            chlorambucil ciclosporin cladribine cyclophosphamide cyclosporine
            deucravacitinib eculizumab etanercept everolimus fedratinib filgotinib
            fingolimod golimumab guselkumab inebilizumab infliximab ixekizumab
            mercaptopurine mirikizumab mitoxantrone mycophenolate mycophenolic~acid
            natalizumab obinutuzumab ocrelizumab ofatumumab ozanimod ponesimod
            ravulizumab rilonacept risankizumab ritlecitinib rituximab ruxolitinib
            sarilumab satralizumab secukinumab siltuximab siponimod sirolimus tacrolimus
            temsirolimus thioguanine tildrakizumab tioguanine tocilizumab tofacitinib
            ublituximab upadacitinib ustekinumab vedolizumab voclosporin
            actemra advagraf azathioprin benlysta cellcept cimzia cosentyx
            cyclophosphamid enbrel entyvio envarsus gilenya humira imuran imurek
            inflectra kesimpta kevzara lemtrada mabthera mavenclad mycophenolat
            myfortic neoral ocrevus olumiant orencia prograf rapamune remicade rinvoq
            rituxan roactemra sandimmun sandimmune simponi skyrizi stelara taltz
            tremfya truxima tysabri xeljanz
            """
        ),
        "muscle-relaxant": _words(
            """
            baclofen carisoprodol chlorzoxazone cyclobenzaprine metaxalone methocarbamol
            orphenadrine thiocolchicoside tizanidine tolperisone
            """
        ),
        "neuropathic-analgesic": _words(
            """
            duloxetine gabapentin pregabalin
            """
        ),
        "nsaid": _words(
            """
            aceclofenac celecoxib dexketoprofen diclofenac diflunisal etodolac
            etoricoxib flurbiprofen ibuprofen indometacin indomethacin ketoprofen
            ketorolac lornoxicam mefenamic~acid meloxicam nabumetone naproxen oxaprozin
            piroxicam salsalate sulindac tenoxicam tolmetin
            """
        ),
        "opioid": _words(
            """
            benzhydrocodone buprenorphine butorphanol codeine dihydrocodeine fentanyl
            hydrocodone hydromorphone levorphanol meperidine methadone morphine
            nalbuphine oxycodone oxymorphone pentazocine pethidine tapentadol tramadol
            """
        ),
        "osteoporosis-drug": _words(
            """
            abaloparatide alendronate alendronic~acid bazedoxifene calcitonin denosumab
            ibandronate ibandronic~acid pamidronate pamidronic~acid raloxifene
            risedronate risedronic~acid romosozumab strontium~ranelate teriparatide
            zoledronate zoledronic~acid
            """
        ),
        "simple-analgesic": _words(
            """
            acetaminophen metamizole paracetamol
            """
        ),
        "systemic-corticosteroid": _words(
            """
            betamethasone cortisone decadron deflazacort deltasone dexamethason
            dexamethasone hydrocortisone medrol methylprednisolon methylprednisolone
            prednisolon prednisolone prednison prednisone triamcinolone
            """
        ),
        "weak-immunosuppressant": _words(
            """
            methotrexate leflunomide teriflunomide arava aubagio methotrexat trexall
            """
        ),
    }
)
"""Names by the id of the value set they belong to."""

NOT_SYSTEMIC: Final = _words(
    """
    ophthalmic otic eye~drop eye~drops ear~drop ear~drops topical cream ointment gel
    lotion shampoo nasal inhalation inhaler vaginal irrigation lock flush
    """
)
"""Routes and uses by which a medicine does not act on the whole body."""

NOT_MEANT: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "antibiotics-systemic": _words("bowel~prep prophylaxis"),
        "chronic-steroid": _words(
            """
            depo-medrol rectal~foam enema dental~paste intra-articular intravitreal
            epidural
            """
        ),
        "opioid": _words("cough linctus"),
        "systemic-corticosteroid": _words(
            """
            depo-medrol rectal~foam enema dental~paste intra-articular intravitreal
            epidural
            """
        ),
    }
)
"""Further words that rule a name out, by value set."""
