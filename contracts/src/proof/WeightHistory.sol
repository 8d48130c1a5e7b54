// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

/// @title A weight and what it was at any earlier time
/// @notice The last two values share one slot, so that a quorum reads one slot per signer; older ones are in a trace.
library WeightHistory {
    using Checkpoints for Checkpoints.Trace208;

    /// @dev Slot 0: `weight` since `since`, `previous` from `previousSince` until then (seconds; good until 2106).
    struct History {
        uint96 weight;
        uint96 previous;
        uint32 since;
        uint32 previousSince;
        Checkpoints.Trace208 trace;
    }

    /// @notice The weight now.
    function latest(History storage self) internal view returns (uint256) {
        return self.weight;
    }

    /// @notice The weight at `time` (seconds, inclusive: a change made at `time` counts).
    function valueAt(History storage self, uint256 time) internal view returns (uint256) {
        uint256 word;
        assembly ("memory-safe") {
            word := sload(self.slot)
        }
        if (time >= uint32(word >> 192)) return uint96(word);
        if (time >= word >> 224) return uint96(word >> 96);
        return self.trace.upperLookup(uint48(time));
    }

    /// @notice Sets the weight from now on.
    function push(History storage self, uint256 weight) internal {
        uint32 time = SafeCast.toUint32(block.timestamp);
        uint96 value = SafeCast.toUint96(weight);
        if (time != self.since) (self.previous, self.previousSince) = (self.weight, self.since);
        (self.weight, self.since) = (value, time);
        self.trace.push(time, value);
    }
}
