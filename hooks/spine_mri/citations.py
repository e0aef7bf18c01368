"""The published statements the rules rest on, each once."""

from __future__ import annotations

from cds_service.knowledge.citation import Citation

ACR_LOW_BACK_PAIN = Citation(
    "acr-low-back-pain-2021",
    "ACR Appropriateness Criteria: Low Back Pain (2021)",
    "https://doi.org/10.1016/j.jacr.2021.08.002",
    2021,
)
ACR_SPINE_INFECTION = Citation(
    "acr-spine-infection-2021",
    "ACR Appropriateness Criteria: Suspected Spine Infection (2021)",
    "https://pubmed.ncbi.nlm.nih.gov/34794603/",
    2021,
)
IDSA_2015 = Citation(
    "idsa-2015",
    "IDSA 2015 native vertebral osteomyelitis",
    "https://doi.org/10.1093/cid/civ482",
    2015,
)
GIRFT_CAUDA_EQUINA = Citation(
    "girft-2023",
    "GIRFT 2023 cauda equina pathway",
    "https://gettingitrightfirsttime.co.uk/",
    2023,
)
ACP_2011 = Citation(
    "acp-2011",
    "ACP 2011 imaging advice",
    "https://doi.org/10.7326/0003-4819-154-3-201102010-00008",
    2011,
)
NICE_NG234 = Citation(
    "nice-ng234", "NICE NG234 (2023)", "https://www.nice.org.uk/guidance/ng234", 2023
)
NICE_NG59 = Citation("nice-ng59", "NICE NG59", "https://www.nice.org.uk/guidance/ng59")
CHOOSING_WISELY = Citation(
    "choosing-wisely", "Choosing Wisely (AAFP/NASS)", "https://www.aafp.org/"
)
CJEM_2020 = Citation(
    "cjem-2020",
    "CJEM 2020 CRP cut-offs",
    "https://www.cambridge.org/core/product/6303092F235DC6E1794B09A7EBEBB1C5",
    2020,
)
DAVIS_2011 = Citation(
    "davis-2011",
    "Davis 2011 epidural abscess guideline",
    "https://doi.org/10.3171/2011.1.SPINE1091",
    2011,
)
MILLER_1983 = Citation(
    "miller-1983",
    "Miller 1983 ESR by age and sex",
    "https://www.medicalalgorithms.com/",
    1983,
)
CDC_FEVER = Citation(
    "cdc-fever", "CDC definition of fever (38.0 Cel)", "https://www.cdc.gov/nhsn/"
)
ACR_SEARCH = "https://acsearch.acr.org/list"
ACR_CERVICAL = Citation(
    "acr-cervical-2024",
    "ACR Appropriateness Criteria: Cervical Pain or Cervical Radiculopathy (2024)",
    ACR_SEARCH,
    2024,
)
ACR_MYELOPATHY = Citation(
    "acr-myelopathy-2021",
    "ACR Appropriateness Criteria: Myelopathy (2021)",
    "https://doi.org/10.1016/j.jacr.2021.01.020",
    2021,
)
ACR_SPINE_TRAUMA = Citation(
    "acr-spine-trauma-2024",
    "ACR Appropriateness Criteria: Acute Spinal Trauma (2024)",
    ACR_SEARCH,
    2024,
)
ACR_VCF = Citation(
    "acr-vertebral-fracture",
    "ACR Appropriateness Criteria: Vertebral Compression Fractures",
    ACR_SEARCH,
)
ACR_AXSPA = Citation(
    "acr-axspa-2021",
    "ACR Appropriateness Criteria: Inflammatory Back Pain (2021)",
    ACR_SEARCH,
    2021,
)
ACR_THORACIC = Citation(
    "acr-thoracic-2024",
    "ACR Appropriateness Criteria: Thoracic Back Pain (2024)",
    "https://doi.org/10.1016/j.jacr.2024.08.016",
    2024,
)
ACR_CHILD = Citation(
    "acr-child", "ACR Appropriateness Criteria: Back Pain in Children", ACR_SEARCH
)
ACR_NKF = Citation(
    "acr-nkf-2021",
    "ACR and NKF 2021 gadolinium consensus",
    "https://doi.org/10.1148/radiol.2020202903",
    2021,
)
ACR_CONTRAST = Citation(
    "acr-contrast-manual",
    "ACR Manual on Contrast Media",
    "https://www.acr.org/Clinical-Resources/Contrast-Manual",
)
ACOG_723 = Citation(
    "acog-723",
    "ACOG Committee Opinion 723",
    "https://www.acog.org/clinical/clinical-guidance/committee-opinion/articles/"
    "2017/10/guidelines-for-diagnostic-imaging-during-pregnancy-and-lactation",
    2017,
)
HRS_2017 = Citation(
    "hrs-2017",
    "HRS 2017 consensus on implants and MRI",
    "https://www.hrsonline.org/2017-hrs-expert-consensus-statement-magnetic-"
    "resonance-imaging-and-radiation-exposure-patients",
    2017,
)
HEDIS = Citation(
    "hedis-lbp",
    "HEDIS: Use of Imaging Studies for Low Back Pain",
    "https://www.ncqa.org/hedis/measures/use-of-imaging-studies-for-low-back-pain/",
)
HARRISON = Citation(
    "harrison-20e",
    "Harrison's Principles of Internal Medicine, 20th edition: weight loss",
    "https://accessmedicine.mhmedical.com/",
)
