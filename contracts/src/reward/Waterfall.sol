// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IDealVault} from "../interfaces/IDealVault.sol";

/// @title The order in which a deal's cash is spent
/// @notice Servicer, insurer, bailee → senior interest → senior principal → reserve → junior interest → junior principal
/// → senior share → owner. Every leg is rounded down.
library Waterfall {
    uint256 internal constant FULL = 10_000;

    /// @param cash Newly paid in.
    /// @param held Reserve and trap from before; spent after the costs, like cash.
    /// @param protocol The protocol's part of the interest due.
    /// @param shareMax The senior's share goes no higher.
    /// @param factorBps How much of the rest may be distributed; what may not is kept.
    /// @param trap Whether the owner's part is kept as well.
    struct Due {
        uint256 cash;
        uint256 held;
        uint256 servicerBps;
        uint256 insurerBps;
        uint256 baileeBps;
        uint256 interest;
        uint256 protocol;
        uint256 principal;
        uint256 reserveTarget;
        uint256 juniorInterest;
        uint256 juniorPrincipal;
        uint256 shareBps;
        uint256 shareMax;
        uint256 factorBps;
        bool trap;
    }

    /// @notice Splits the cash. Sum of legs + reserve + trapped = cash + held, exactly.
    function run(Due memory due) internal pure returns (IDealVault.Legs memory legs, uint256 reserve, uint256 trapped) {
        legs.servicer = due.cash * due.servicerBps / FULL;
        legs.insurer = due.cash * due.insurerBps / FULL;
        legs.bailee = due.cash * due.baileeBps / FULL;
        uint256 left = due.cash - legs.servicer - legs.insurer - legs.bailee + due.held;

        uint256 interest = Math.min(left, due.interest);
        left -= interest;
        legs.protocol = Math.min(interest, due.protocol);
        legs.seniorInterest = interest - legs.protocol;

        legs.seniorPrincipal = Math.min(left, due.principal);
        left -= legs.seniorPrincipal;
        reserve = Math.min(left, due.reserveTarget);
        left -= reserve;
        legs.juniorInterest = Math.min(left, due.juniorInterest);
        left -= legs.juniorInterest;
        legs.juniorPrincipal = Math.min(left, due.juniorPrincipal);
        left -= legs.juniorPrincipal;

        trapped = left - left * due.factorBps / FULL;
        left -= trapped;
        legs.seniorShare = Math.min(left * due.shareBps / FULL, due.shareMax);
        left -= legs.seniorShare;
        if (due.trap) trapped += left;
        else legs.owner = left;
    }
}
