#pragma once

namespace cdss::hooks {

/// What a client supports in a response. A request does not say; it is agreed beforehand (SUG-10,
/// SYS-04). What a client does not support is not sent, or is expressed in another way.
struct ClientFeatures {
  /// Was written for CDS Hooks 1.0, which has neither uuid nor overrideReasons of a card, no topic of
  /// a source, no isRecommended, no autolaunchable, no selectionBehavior but at-most-one, no
  /// resourceId and no systemActions (RESP-09).
  bool is_v1_0 = false;
  bool action_selection_behavior = false;  ///< reads `actionSelectionBehavior` (SUG-09)
  bool system_actions = false;             ///< applies `systemActions` (SYS-04)
  bool system_actions_extension = false;   ///< the same, and reads them in `extension` too

  bool takes_action_selection_behavior() const { return action_selection_behavior && !is_v1_0; }
  bool takes_system_actions() const {
    return (system_actions || system_actions_extension) && !is_v1_0;
  }
};

}  // namespace cdss::hooks
