// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";
import {RewardHandler} from "./RewardHandler.sol";

/// @dev REWARD, whatever lenders, borrowers and the curator do.
contract RewardInvariant is Test {
    RewardHandler internal handler;

    function setUp() public {
        handler = new RewardHandler();
        bytes4[] memory selectors = new bytes4[](14);
        selectors[0] = RewardHandler.deposit.selector;
        selectors[1] = RewardHandler.request.selector;
        selectors[2] = RewardHandler.process.selector;
        selectors[3] = RewardHandler.redeem.selector;
        selectors[4] = RewardHandler.donate.selector;
        selectors[5] = RewardHandler.fund.selector;
        selectors[6] = RewardHandler.pay.selector;
        selectors[7] = RewardHandler.release.selector;
        selectors[8] = RewardHandler.repay.selector;
        selectors[9] = RewardHandler.declare.selector;
        selectors[10] = RewardHandler.enforce.selector;
        selectors[11] = RewardHandler.recover.selector;
        selectors[12] = RewardHandler.close.selector;
        selectors[13] = RewardHandler.claim.selector;
        targetContract(address(handler));
        targetSelector(FuzzSelector(address(handler), selectors));
    }

    /// @dev That gains vest, the handler sees at every payment.
    function invariant_navIsWithinCashAndAccruedAndGainsVest() public view {
        handler.checkNav();
    }

    function invariant_whoStaysLosesNothingByWhoComesOrLeaves() public view {
        handler.checkSharePrice();
    }

    function invariant_theRedeemQueueIsSolvent() public view {
        handler.checkQueue();
    }

    function invariant_noDealsLossReachesAnother() public view {
        handler.checkDealsStandAlone();
    }

    function invariant_waterfallLegsSumToTheCash() public view {
        handler.checkLegsSumToTheCash();
    }

    function invariant_theSeniorStaysBelowItsCap() public view {
        handler.checkCap();
    }

    /// @dev The handler does do all these things: a fixed walk through its steps reaches every one of them.
    function test_theHandlerReachesEveryAction() public {
        for (uint256 i; i < 100; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            handler.deposit(seed, seed >> 8);
            if (i % 4 == 0) handler.request(seed, seed >> 8);
            handler.process(seed);
            handler.redeem(seed, seed >> 8, seed & 1 == 1);
            handler.donate(seed);
            handler.fund(seed);
            handler.pay(seed >> 8, seed >> 16, uint16(seed), i % 4 != 0);
            handler.release(seed >> 8, 0);
            if (i % 6 == 0) handler.repay(seed >> 9, seed);
            handler.declare(seed >> 10);
            handler.enforce(seed >> 10);
            handler.recover(seed, seed >> 8);
            if (i % 3 == 0) handler.close(seed);
            handler.claim(seed, seed >> 8);
        }
        bytes32[13] memory actions = [
            bytes32("deposit"),
            "request",
            "process",
            "redeem",
            "fund",
            "pay",
            "escrow",
            "repay",
            "declare",
            "enforce",
            "recover",
            "closeDeal",
            "claim"
        ];
        for (uint256 i; i < actions.length; ++i) {
            assertGt(handler.done(actions[i]), 0, string(abi.encodePacked(actions[i])));
        }
        assertGt(handler.done("close"), 0);
        handler.checkNav();
        handler.checkSharePrice();
        handler.checkQueue();
        handler.checkDealsStandAlone();
        handler.checkLegsSumToTheCash();
        handler.checkCap();
    }
}
