"""Who answers what people say about the platform."""

from xieshang.community.permissions import add, is_above, is_party_secretary, sits_on_committee

add("cms.answer_suggestion", sits_on_committee | is_party_secretary | is_above)
