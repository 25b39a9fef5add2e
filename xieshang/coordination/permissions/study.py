"""Who sets the rhythm, calls and records a study, and who is asked to help."""

from xieshang.community.permissions import add, is_above, sits_in_party_org, sits_on_committee

add("coordination.see_studies", sits_in_party_org | sits_on_committee | is_above)
add("coordination.set_rhythm", sits_in_party_org)
add("coordination.call_study", sits_in_party_org)
add("coordination.record_study", sits_in_party_org)
add("coordination.answer_help", is_above)
