// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";
import {OnrampHandler} from "./OnrampHandler.sol";

/// @dev ONRAMP, whatever owners, buyers, the court and the curator do.
contract OnrampInvariant is Test {
    OnrampHandler internal handler;

    function setUp() public {
        handler = new OnrampHandler();
        bytes4[] memory selectors = new bytes4[](15);
        selectors[0] = OnrampHandler.register.selector;
        selectors[1] = OnrampHandler.registerBatch.selector;
        selectors[2] = OnrampHandler.activate.selector;
        selectors[3] = OnrampHandler.amend.selector;
        selectors[4] = OnrampHandler.transfer.selector;
        selectors[5] = OnrampHandler.retire.selector;
        selectors[6] = OnrampHandler.annul.selector;
        selectors[7] = OnrampHandler.dispute.selector;
        selectors[8] = OnrampHandler.list.selector;
        selectors[9] = OnrampHandler.fundListed.selector;
        selectors[10] = OnrampHandler.unlist.selector;
        selectors[11] = OnrampHandler.issue.selector;
        selectors[12] = OnrampHandler.use.selector;
        selectors[13] = OnrampHandler.sell.selector;
        selectors[14] = OnrampHandler.settle.selector;
        targetContract(address(handler));
        targetSelector(FuzzSelector(address(handler), selectors));
    }

    function invariant_deedsAreRegisteredLessEnded() public view {
        handler.checkDeedCount();
    }

    function invariant_capacityStaysWithinWhatIsAttested() public {
        handler.checkCapacity();
    }

    function invariant_deedsAreLockedWhileCapacityIsOut() public view {
        handler.checkLocks();
    }

    /// @dev That none is listed or funded, the handler sees at every try.
    function invariant_disputedDeedsStayWhereTheyAre() public view {
        handler.checkDisputed();
    }

    function invariant_aDeedIsPledgedToOneDeal() public view {
        handler.checkPledges();
    }

    /// @dev The handler does do all these things: a fixed walk through its steps reaches every one of them.
    function test_theHandlerReachesEveryAction() public {
        for (uint256 i; i < 150; ++i) {
            uint256 seed = uint256(keccak256(abi.encode(i)));
            handler.register(seed, i % 3 != 0);
            if (i % 4 == 0) handler.registerBatch(seed, i % 8 == 0);
            handler.issue(seed, seed >> 8, seed >> 16);
            handler.sell(seed, seed >> 8, seed >> 16);
            handler.use(seed, seed >> 8, seed % 1e18);
            handler.settle(seed >> 3);
            handler.list(seed >> 4, seed & 1 == 1);
            handler.fundListed(seed >> 5);
            handler.unlist(seed >> 6);
            if (i % 5 == 0) handler.dispute(seed >> 7, seed & 2 == 2);
            handler.amend(seed >> 8, seed);
            handler.activate(seed >> 9);
            handler.transfer(seed >> 10, seed >> 12);
            if (i % 7 == 0) handler.retire(seed >> 11);
            if (i % 9 == 0) handler.annul(seed >> 12);
        }
        bytes32[15] memory actions = [
            bytes32("register"),
            "registerBatch",
            "activate",
            "amend",
            "transfer",
            "retire",
            "annul",
            "dispute",
            "list",
            "fund",
            "fundListed",
            "unlist",
            "issue",
            "use",
            "sell"
        ];
        for (uint256 i; i < actions.length; ++i) {
            assertGt(handler.done(actions[i]), 0, string(abi.encodePacked(actions[i])));
        }
        assertGt(handler.done("settle"), 0);
        handler.checkDeedCount();
        handler.checkLocks();
        handler.checkDisputed();
        handler.checkPledges();
        handler.checkCapacity();
    }
}
